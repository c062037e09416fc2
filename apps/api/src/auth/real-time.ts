/**
 * The machine's time, which no test clock moves: what proves who somebody is (tokens, sessions, delays after
 * failed sign-ins) must not come back to life or die because a rehearsal moved our time.
 */
export abstract class RealTime {
  abstract now(): Date;
}
