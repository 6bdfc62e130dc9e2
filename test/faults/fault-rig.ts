import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStructureFinder } from '../../src-main/relay/practice-relay/structure-finder.ts';
import { hasOpenssl, makeCertificates } from './certificates.ts';
import type { FaultRig } from './drive-fault.ts';
import type { NamedFault } from './named-fault.ts';
import { planExam } from './planned-exam.ts';

/** Sets up what all faults share, in a temporary folder that `close` takes away. */
export async function openRig(seed: number): Promise<FaultRig & { readonly close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'lungdesk-faults-'));
  const made = (name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const finder = createStructureFinder();
  return {
    folder, finder, seed,
    exam: await planExam(made('exam')),
    certificates: hasOpenssl() ? makeCertificates(made('certificates')) : null,
    async close() {
      await finder.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Why a fault cannot be driven on this machine; null when it can. */
export function hindrance(fault: NamedFault, { certificates }: Pick<FaultRig, 'certificates'>): string | null {
  return fault.route.startsWith('tls-') && certificates === null ? 'openssl is not on this machine, so no test certificates can be made' : null;
}
