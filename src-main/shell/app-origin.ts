/** Scheme of LungDesk's own protocol. */
export const appScheme = 'app';

/** Host that the window's files and pictures come from. */
export const appHost = 'lungdesk';

/** Address of the window's page. */
export const appPageUrl = `${appScheme}://${appHost}/index.html`;

/**
 * Tells whether an address lies on LungDesk's own origin: exact scheme and host, no port, no credentials.
 *
 * @param url - Any string; what cannot be parsed is not ours.
 */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
