import { AppError } from '../../src-shared/domain/errors.ts';
import type { RelayTarget } from './tile-request.ts';

/**
 * Headers of a call to a relay: neutral, with the key as bearer token where there is one.
 *
 * @param target - Its extra headers go along and can replace none of LungDesk's own.
 * @param hasBody - Whether JSON goes with it.
 * @throws {AppError} 'key-malformed' when the key could split the header or cannot be one.
 */
export function relayHeaders({ key, extraHeaders }: Pick<RelayTarget, 'key' | 'extraHeaders'>, hasBody: boolean): Record<string, string> {
  if (key !== null && !/^[\x21-\x7e]{1,2048}$/.test(key)) {
    throw new AppError('key-malformed', 'the relay key has characters a key cannot have');
  }
  return {
    ...extraHeaders,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'LungDesk',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
}
