// The door of the relay room: what other rooms use of it, beside the catalogue, the transports and the practice relay.
export type { RelaySender } from './sender.ts';
export type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
export type { RelayStop, RelayTarget, TileRequest, TileRequestResult } from './tile-request.ts';
