/** All that Postgres gets to see of our environment: no PG* variable of the user's may steer it, no secret leak into it. */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};
