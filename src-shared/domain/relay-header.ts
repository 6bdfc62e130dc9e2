/** Headers that the connection itself, the key or LungDesk's own words need. */
const reservedHeaders = /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|origin|referer|user-agent|date|via|forwarded|accept(-.*)?|content-.*|sec-.*|proxy-.*)$/;

/** Headers that are there to hold a secret. */
const secretHeaders = /^(.*authorization.*|.*cookie.*|.*password.*|.*secret.*|.*token|.*api-?key)$/;

/** What a key or a password begins with when it is put where a plain value belongs. */
const secretValue = /^\s*(bearer|basic)\s|^\s*(sk|pk|gsk|xai|key)[-_][\w-]{12,}\s*$/i;

/**
 * Why an extra header cannot be sent.
 *
 * shape: not a header's name. secret: made to hold one. reserved: LungDesk or the connection sets it.
 *
 * @param name - In lower case.
 * @returns null when it can be sent.
 */
export function headerNameFault(name: string): 'shape' | 'secret' | 'reserved' | null {
  if (!/^[a-z0-9-]{1,60}$/.test(name)) return 'shape';
  if (secretHeaders.test(name)) return 'secret';
  return reservedHeaders.test(name) ? 'reserved' : null;
}

/**
 * Why a person should not save a header's value; the settings themselves refuse only what is no header value.
 *
 * @param value - As typed.
 */
export function headerValueFault(value: string): 'shape' | 'secret' | null {
  if (!/^[\x20-\x7e]{1,2000}$/.test(value)) return 'shape';
  return secretValue.test(value) ? 'secret' : null;
}
