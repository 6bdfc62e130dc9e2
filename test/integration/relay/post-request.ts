import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import type { AnswerFormat } from '../../../src-main/relay/answer-format.ts';
import { outputLimit } from '../../../src-main/relay/forecast.ts';
import { tileNumbersOf } from '../../../src-main/relay/picture-plan.ts';
import { requestBody } from '../../../src-main/relay/request-body.ts';
import type { TileRequest } from '../../../src-main/relay/tile-request.ts';

/** A relay on loopback. */
export interface Loopback {
  readonly baseUrl: URL;
  readonly token: string;
}

/** The body of a request, as LungDesk sends it. */
export function bodyOf(request: TileRequest, format: AnswerFormat = 'prompt'): Uint8Array {
  const row = shippedCatalogue().modelOrUnknown(request.model);
  return Buffer.concat(requestBody({ request, row, format, maxOutputTokens: outputLimit(row, tileNumbersOf(request.pictures).length, request.purpose) }));
}

/** Posts a chat request without any of LungDesk's sending in between; each on a connection of its own, for a relay closes idle ones. */
export async function post(relay: Loopback, body: string | Uint8Array, token = relay.token): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${relay.baseUrl.href}/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${token}`, connection: 'close' }, body: typeof body === 'string' ? body : Uint8Array.from(body) });
  return { status: response.status, text: await response.text() };
}
