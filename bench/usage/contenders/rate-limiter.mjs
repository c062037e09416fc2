import { RateLimiterPostgres } from 'rate-limiter-flexible';

const DAYS_31 = 31 * 86_400;

/** `rate-limiter-flexible` on Postgres, its table made in advance, in-memory block off as it is by default. */
export async function rateLimiter(pool) {
  const limiter = await new Promise((resolve, reject) => {
    const made = new RateLimiterPostgres(
      { storeClient: pool, tableName: 'peer_limits', points: 1_000_000_000, duration: DAYS_31 },
      (error) => (error ? reject(error) : resolve(made)),
    );
  });
  return {
    name: 'rate-limiter-flexible',
    consume: (ownerId) => limiter.consume(ownerId, 1),
    end: async () => undefined,
  };
}
