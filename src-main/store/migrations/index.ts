import { initial } from './0001-initial.ts';
import { lungs } from './0002-lungs.ts';
import { deviceSearch } from './0003-device-search.ts';
import { plannedRequests } from './0004-planned-requests.ts';
import { relayTables } from './0004-relays.ts';

/** All migrations in order; the database's user_version is the number of those applied. Append only once released. */
export const migrations: readonly string[] = [initial, lungs, deviceSearch, plannedRequests + relayTables];
