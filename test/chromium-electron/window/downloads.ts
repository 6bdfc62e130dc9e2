import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { browser } from '../chromium/browser.ts';
import { notImplemented } from '../not-implemented.ts';
import { preventableEvent } from '../preventable-event.ts';
import { fromLoopback } from '../protocol-server.ts';
import { webContents } from './web-contents.ts';

/** Tells sessions of downloads with will-download, and stops every one of them: this app saves through its own dialogs. */
export async function refuseDownloads(): Promise<void> {
  const root = await browser.started;
  root.on('Browser.downloadWillBegin', ({ frameId, guid, url, suggestedFilename }) => {
    void root.send('Browser.cancelDownload', { guid }).catch(() => undefined);
    const contents = webContents.getAllWebContents().find(({ host }) => host.frame(frameId) !== undefined);
    const event = preventableEvent();
    const item = Object.assign(new EventEmitter(), {
      getURL: () => fromLoopback(url),
      getFilename: () => basename(suggestedFilename),
      cancel: () => event.preventDefault(),
    });
    contents?.session.emit('will-download', event, item, contents);
    if (!event.defaultPrevented) process.stderr.write(`${notImplemented('saving a download').message}\n`);
  });
  await root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
}
