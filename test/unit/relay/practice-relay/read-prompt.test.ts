import { describe, expect, it } from 'vitest';
import { requestPurposes } from '../../../../src-shared/domain/request-plan.ts';
import { attributesInPrompt, codeInPrompt, pictureLabel, purposeInPrompt } from '../../../../src-main/relay/practice-relay/read-prompt.ts';
import { promptParts } from '../../../../src-main/relay/prompt.ts';
import { askedRequest, plannedSheet } from '../../../helpers/asked-request.ts';

function textsOf(...asked: Parameters<typeof askedRequest>): readonly string[] {
  return promptParts(askedRequest(...asked)).flatMap((part) => ('text' in part ? [part.text] : []));
}

describe('reading LungDesk’s own prompt', () => {
  it.each(requestPurposes)('finds what is asked about %s', (purpose) => {
    const texts = textsOf([plannedSheet([1])], purpose);
    const { nonce, profile } = askedRequest();
    expect(texts.map(purposeInPrompt)).toEqual([purpose, null, null]);
    expect(texts.map(codeInPrompt)).toEqual([nonce, null, null]);
    expect(texts.flatMap(attributesInPrompt)).toEqual(profile.attributes.map(({ name, values }) => ({ name, values })));
  });
  it.each([
    [plannedSheet([4]), { numbers: [4], across: 1, down: 1 }], [plannedSheet([3, 4, 5, 6, 7], 3), { numbers: [3, 4, 5, 6, 7], across: 3, down: 2 }], [plannedSheet([9, 2, 30, 4], 2), { numbers: [9, 2, 30, 4], across: 2, down: 2 }],
  ])('reads the label of %j', (sheet, label) => {
    expect(textsOf([sheet]).map(pictureLabel)).toEqual([null, label, null]);
  });
  it.each(['', 'Tile 3:', 'Picture 1: tiles 5 to 4, 1 across, 1 down', 'Picture 1: tiles 1 to 9999, 99 across, 99 down', 'Picture 1: tiles 1 to 5, 2 across, 2 down', 'Picture 1: tiles 1 to 2 to 3, 3 across, 1 down', 'Picture 1: tiles , 1 across, 1 down'])('takes %j for no label', (text) => {
    expect(pictureLabel(text)).toBeNull();
  });
});
