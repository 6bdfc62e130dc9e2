import type { Fault } from '../../src-main/relay/practice-relay/faults.ts';

/**
 * What a link does to the bytes: toxiproxy's toxics but "down", which is a route.
 *
 * swallow and slow-upload work upstream. says: the link answers by itself with these bytes, and hangs up. prefix: it says them
 * before the relay's answer.
 */
export type Toxic =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'bandwidth' | 'slow-upload'; readonly bytesPerSecond: number }
  | { readonly kind: 'slicer' | 'limit-data'; readonly bytes: number }
  | { readonly kind: 'says' | 'prefix'; readonly text: string }
  | { readonly kind: 'slow-close' | 'timeout' | 'reset-peer' | 'swallow' };

/** Where requests go; 'link': through a TCP link to the practice relay. */
export type Route =
  | 'link' | 'down' | 'dns-fail' | 'ipv6-dead' | 'localhost' | 'silent-handshake' | 'cut-handshake' | 'plain-behind-https'
  | 'tls-expired' | 'tls-self-signed' | 'tls-wrong-host' | 'tls-unknown-authority' | 'proxy-407' | 'proxy-502' | 'proxy-page' | 'proxy-dead' | 'proxy-silent'
  | 'redirect-301' | 'redirect-302' | 'redirect-303' | 'redirect-307' | 'redirect-308';

/**
 * What happens at a moment of the request besides the relay's fault.
 *
 * cancel-*: a person stops the reading. crash-*: LungDesk ends there and is started again on the same data folder. deadline: the
 * relay has the request, and nothing comes for longer than LungDesk waits.
 */
export type Moment =
  | 'cancel-before-sending' | 'cancel-before-first-byte' | 'cancel-drained' | 'cancel-unanswered' | 'cancel-between-tries'
  | 'crash-reserved' | 'crash-marked' | 'crash-on-the-wire' | 'crash-twice-on-the-wire' | 'crash-answer-stored' | 'killed-on-the-wire'
  | 'deadline' | 'budget-too-small' | 'machine-slept';

/** What must come of a fault. */
export interface Expected {
  /** Of the reading when it rests, with what it waits for: 'complete', 'held relay', 'cancelled'. */
  readonly reading: string;
  readonly reason: string | null;
  /** Of tiles 1 to 4: regions of a valid answer, a code where there is none, 'planned' where it is still to be asked, 'sent' where it left and then waits. */
  readonly tiles: readonly string[];
  /**
   * Attempts in their order, as the ledger ends them: kind and outcome.
   *
   * paid: settled by the usage that the relay reported. free: settled at nothing. estimated: settled at the forecast. unknown:
   * counted at its maximum. void: nothing was sent.
   */
  readonly ledger: readonly string[];
  /** Pictures in each request that came through whole, 'part' for one that did not. */
  readonly saw: readonly (number | 'part')[];
  /** Least and most of each pause before another try, ms; null where they are not looked at. */
  readonly pauses: readonly (readonly [number, number])[] | null;
}

/** One named way to go wrong. */
export interface NamedFault {
  readonly name: string;
  /** What the relay does to each request in its order; after the last: nothing wrong. */
  readonly relay: readonly (readonly Fault[])[];
  /** The relay's last fault goes on for ever. */
  readonly forEver: boolean;
  readonly route: Route;
  readonly toxic: Toxic | null;
  /** Connections that the toxic spoils, and requests whose deadline passes, from the first one on. */
  readonly spoiled: number;
  readonly moment: Moment | null;
  readonly expected: Expected;
}
