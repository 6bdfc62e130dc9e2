import type { RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import type { PicturePlan } from '../../src-main/relay/picture-plan.ts';
import { chestCtProfile } from './chest-ct-profile.ts';

/** A picture of tiles of 100 x 100 pixels, without its bytes. */
export function plannedSheet(numbers: readonly number[], across: number = numbers.length): PicturePlan {
  const down = Math.ceil(numbers.length / across);
  const tiles = numbers.map((number, index) => ({ number, left: 8 + (index % across) * 108, top: 28 + Math.floor(index / across) * 128, columns: 100, rows: 100 }));
  return { columns: across * 108 + 8, rows: down * 128 + 8, tiles };
}

/** A question about chest CT; by default about tiles 1 and 2 of one picture. */
export function askedRequest(pictures: readonly PicturePlan[] = [plannedSheet([1, 2])], purpose: RequestPurpose = 'sweep') {
  return { purpose, profile: chestCtProfile(), nonce: 'abc123', pictures };
}
