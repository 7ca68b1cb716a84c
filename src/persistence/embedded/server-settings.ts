/**
 * Larger than its defaults where bulk work gains from it. What makes every commit reach the disk is left at its defaults,
 * and so to the configuration of the cluster (that of the tests does without).
 */
const SETTINGS: Readonly<Record<string, string>> = {
  // Reached through TCP alone: the path of a socket has at most 107 bytes, and a data folder may lie deeper.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '192MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  // Details and contexts quote rows, and statements quote values: people's names and numbers stay out of the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** As arguments of the server. */
export const settingsFor = (port: number): string[] => Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Nothing of the product's own environment, which may hold secrets and another locale. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'], TEMP: process.env['TEMP'] } : {}) });
