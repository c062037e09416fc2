import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

const ANSWER_WITHIN_MS = 250;
const CONNECT_WITHIN_MS = 1_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * A connection that fails fast and heals by itself: a command that gets no answer within 250 ms fails, and so does
 * every command while there is no connection. Nothing is queued, and nothing is sent a second time.
 */
export function connectToRedis(url: string): Redis {
  const logger = new Logger('Redis');
  const redis = new Redis(url, {
    commandTimeout: ANSWER_WITHIN_MS,
    connectTimeout: CONNECT_WITHIN_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * attempt, LONGEST_PAUSE_MS),
  });
  let told = false;
  redis.on('error', (error: Error) => {
    // Every attempt to connect fails with it again; one line for each outage is enough.
    if (!told) logger.warn(`no connection: ${error.message}`);
    told = true;
  });
  redis.on('ready', () => {
    told = false;
  });
  return redis;
}
