import { describe, expect, it } from 'vitest';
import { isTemporaryName } from '../../../src-main/intake/temporary-name.ts';

describe('isTemporaryName', () => {
  it.each([
    '.IM1.aB3xYz', 'x.part', 'X.PART', 'x.tmp', 'x.dcm.filepart', 'x.crdownload', '~$exam.dcm', '.DS_Store', 'desktop.ini',
    'Thumbs.db', 'DICOMDIR', '.git', '$RECYCLE.BIN', 'System Volume Information',
  ])('leaves %j alone', (name) => {
    expect(isTemporaryName(name)).toBe(true);
  });

  it.each(['IM1', '1.2.840.113619', 'part', 'tmp', 'x.dcm', 'x.parts', 'a~$b', 'Ünïcode', '胸部 CT', 'desktop.ini.dcm', ''])('takes %j', (name) => {
    expect(isTemporaryName(name)).toBe(false);
  });
});
