import { constants } from 'node:fs';

/**
 * SECURITY: how files in a folder that strangers may have made are opened: for reading, without following a link and
 * without waiting for a pipe. Windows has neither flag; there they are undefined and count as nothing.
 */
export const readOnlyNoFollow = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
