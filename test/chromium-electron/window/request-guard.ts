import type * as Electron from 'electron';
import type { CdpSession, Protocol } from '../chromium/cdp-connection.ts';
import { preventableEvent } from '../preventable-event.ts';
import { fromLoopback } from '../protocol-server.ts';
import type { StandinWebContents } from './web-contents.ts';

/**
 * Decides about one request that waits in Chromium: navigation events first, then the session's webRequest listener.
 * Failing a navigation with "Aborted" leaves the page where it is.
 */
export async function decideRequest(contents: StandinWebContents, session: CdpSession, event: Protocol.Fetch.requestPausedPayload): Promise<void> {
  const { requestId } = event;
  const url = fromLoopback(`${event.request.url}${event.request.urlFragment ?? ''}`);
  if (event.resourceType === 'Document' && (await isPrevented(contents, session, event, url))) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    return;
  }
  const answer = await contents.session.webRequest.decide({
    id: Number.parseInt(requestId.replace(/\D/g, ''), 10) || 0,
    url,
    method: event.request.method,
    webContentsId: contents.id,
    resourceType: resourceTypeOf(contents, event),
    referrer: '',
    timestamp: performance.timeOrigin + performance.now(),
  } as Electron.OnBeforeRequestListenerDetails);
  if (answer.cancel === true) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  await session.send('Fetch.continueRequest', { requestId });
}

async function isPrevented(contents: StandinWebContents, session: CdpSession, event: Protocol.Fetch.requestPausedPayload, url: string): Promise<boolean> {
  const frame = contents.host.frame(event.frameId);
  const isMainFrame = frame === undefined || frame.parent === null;
  const isRedirect = event.redirectedRequestId !== undefined;
  if (isMainFrame && !isRedirect && contents.takeOwnNavigation(url)) return false;
  if (!isRedirect && !(await contents.host.isStartedByPage(session, event.frameId))) return false;
  const details = preventableEvent({ url, isSameDocument: false, isMainFrame, frame: frame ?? null, initiator: frame ?? null });
  if (isRedirect) contents.emit('will-redirect', details, url, false, isMainFrame, 1, frame?.routingId ?? 0);
  else {
    contents.emit('will-frame-navigate', details, url, false, isMainFrame, 1, frame?.routingId ?? 0);
    if (isMainFrame) contents.emit('will-navigate', details, url, false, true, 1, frame?.routingId ?? 0);
  }
  return details.defaultPrevented;
}

const RESOURCE_TYPES: Readonly<Partial<Record<Protocol.Network.ResourceType, Electron.OnBeforeRequestListenerDetails['resourceType']>>> = {
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

function resourceTypeOf(contents: StandinWebContents, event: Protocol.Fetch.requestPausedPayload): string {
  if (event.resourceType === 'Document') return (contents.host.frame(event.frameId)?.parent ?? null) === null ? 'mainFrame' : 'subFrame';
  return RESOURCE_TYPES[event.resourceType] ?? 'other';
}
