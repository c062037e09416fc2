import { atLeast, below } from '../runner/bars.mjs';
import { median, spreadPercent } from '../runner/statistics.mjs';

/** The route that counts a unit, as it stands among the rows. */
export const COUNTED = 'Tollgate’s API, @Consumes';

/** The figures of an HTTP run as rows. */
export function rowsOf({ connections, gate, steady, beside }) {
  const access = `${connections} connections, 100 callers in turn`;
  return [
    ...Object.entries(gate.measured).map(([name, rounds]) => rowOf(name, rounds, `${access}, in pairs`)),
    { name: 'gated / open: throughput, paired', ...rounded(gate.throughput) },
    { name: 'gated / open: processor time a request, paired', ...rounded(gate.cpu) },
    rowOf('/bench/gated', [steady], '10 connections, 2,000 requests a second offered, evenly'),
    ...[...beside].map(([name, rounds]) => rowOf(name, rounds, access)),
  ];
}

/** What was asked of them. */
export function barsOf({ gate, steady, beside }) {
  const perSecond = (rounds) => Math.round(median(rounds.map((round) => round.perSecond)));
  return [
    atLeast('@RequiresFeature: percent of the throughput without the gate', gate.throughput.ratio * 100, 92),
    atLeast('EE-01: cached decisions a second over HTTP', perSecond(gate.measured['/bench/gated']), 2_000),
    below('EE-01: p99 in ms at 2,000 decisions a second', steady.p99, 5),
    atLeast('EE-01: decisions a second that write a counter', perSecond(beside.get(COUNTED)), 500),
  ];
}

function rowOf(name, rounds, access) {
  const of = (figure) => rounds.map((round) => round[figure]);
  return {
    name,
    requestsPerSecond: Math.round(median(of('perSecond'))),
    spreadPercent: Math.round(spreadPercent(of('perSecond'))),
    p50Ms: median(of('p50')),
    p99Ms: median(of('p99')),
    cpuMicrosecondsPerRequest: Math.round(median(of('cpu')) * 10) / 10,
    access,
  };
}

const rounded = ({ ratio, low, high }) =>
  Object.fromEntries(
    Object.entries({ ratio, low, high }).map(([key, value]) => [key, Number(value.toFixed(4))]),
  );
