import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import type { RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { RelayTransport } from './transport.ts';

/** A relay to talk to. */
export interface RelayTarget {
  /** Of the relay in the settings; 'practice' for the one built in. What is learnt about a relay is kept under it. */
  readonly id: string;
  /** As people and the ledger see it: the relay's name or, where it has none, its host; or 'practice'. */
  readonly name: string;
  /** From parseRelayBaseUrl. */
  readonly baseUrl: URL;
  readonly key: string | null;
  /** Sent with every request; allow-listed names in lower case, see relaySettingSchema. */
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** What the relay takes of the model's list price, percent; 100: the list price. */
  readonly priceMultiplierPercent: number;
  /** The relay built into LungDesk; only it serves the practice models. */
  readonly practice: boolean;
  readonly transport: RelayTransport;
}

/** Where a tile lies on its picture, pixels. */
export interface TileBox {
  readonly number: number;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** A picture as it is sent: a sheet of numbered tiles, or a single one. */
export interface RequestPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly columns: number;
  readonly rows: number;
  /** In reading order. */
  readonly tiles: readonly TileBox[];
}

/** A request for one model. */
export interface TileRequest {
  readonly requestId: string;
  readonly readingId: string;
  readonly purpose: RequestPurpose;
  readonly profile: ReadingProfile;
  readonly model: string;
  /** Random code that the answer has to repeat; letters and digits. */
  readonly nonce: string;
  /** Tile numbers are unique over all pictures. */
  readonly pictures: readonly RequestPicture[];
}

/** Why nothing more should be sent for now, in LungDesk's words and, made harmless, in the relay's own. */
export interface RelayStop {
  readonly code: ErrorCode;
  /** What a person can act on; null where the reading cannot simply go on later. */
  readonly hold: HoldReason | null;
  /** Whether another relay or model that the clinic allows may be asked instead. */
  readonly fallback: boolean;
  /** What is at fault: the relay whatever is asked of it, or this model on it. */
  readonly scope: 'relay' | 'model';
  /** What the relay said, fit to be shown, at most 200 characters; null where it said nothing. */
  readonly said: string | null;
}

/** What became of a request. */
export interface TileRequestResult {
  /** Every tile of the request has one. */
  readonly answers: ReadonlyMap<number, TileAnswer>;
  /** Model that answered last, as the relay reported it. */
  readonly modelServed: string | null;
  /** Relay that was asked, as the ledger names it. */
  readonly relayName: string;
  /** HTTP requests it took; each has its row in the ledger. */
  readonly attempts: number;
  /** Whether pictures may have left this machine. */
  readonly sentTiles: boolean;
  /** Whether any answer's JSON had to be mended before it could be read. */
  readonly repaired: boolean;
  readonly stop: RelayStop | null;
}
