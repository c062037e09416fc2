import type { DemoPerson } from './demo-people.js';

/** What the last screen of `npm start` needs to know. */
export interface ScreenFacts {
  readonly appUrl: string;
  readonly sandboxUrl: string | null;
  readonly selling: string | null;
  readonly controlToken: string | null;
  readonly person: DemoPerson;
  readonly personPassword: string;
  readonly apiKey: string;
  readonly staffEmail: string;
  /** The password itself, or where it is written. */
  readonly staffSecret: string;
  /** An instant a good month from now, ISO. */
  readonly nextMonth: string;
}

/** The lines that end `npm start`: where things are, how to sign in, and a story to copy and paste. */
export function screen(facts: ScreenFacts): string[] {
  return [...places(facts), '', ...story(facts), ''];
}

/** The lines for a database elsewhere: no demonstration, so no keys, no story. */
export function plainScreen(appUrl: string): string[] {
  return [
    '  Tollgate is running on a database elsewhere: without demo people, staff and keys. Ctrl-C stops it.',
    '',
    `  API            ${appUrl}/v1/pricing   plans and prices; every other route is in the documentation`,
    `  Documentation  ${appUrl}/docs`,
    '',
  ];
}

function places({
  appUrl,
  sandboxUrl,
  selling,
  controlToken,
  staffEmail,
  staffSecret,
}: ScreenFacts): string[] {
  return [
    '  Tollgate is running. Ctrl-C stops it; what you do here is kept for the next start.',
    '',
    `  API            ${appUrl}/v1/pricing   plans and prices; every other route is in the documentation`,
    `  Documentation  ${appUrl}/docs`,
    `  Dashboard      ${appUrl}/admin/   sign in as ${staffEmail}, ${staffSecret}`,
    `  Mailbox        ${appUrl}/dev/mailbox`,
    ...(sandboxUrl
      ? [`  Sandbox        ${sandboxUrl}   selling through ${selling ?? 'nobody'}; no money moves`]
      : []),
    ...(controlToken ? [`  Control token  ${controlToken}   for the test clock and the sandbox`] : []),
  ];
}

function story({ appUrl, person, personPassword, apiKey, controlToken, nextMonth }: ScreenFacts): string[] {
  const json = `-H 'content-type: application/json'`;
  const tryExport = `curl -i -X POST ${appUrl}/v1/export -H 'Authorization: Bearer ${apiKey}'; echo`;
  return [
    `  # 1. ${person.name} is on the free plan: the gate is closed (403 upgrade_required)`,
    `  ${tryExport}`,
    '',
    `  # 2. ${person.name} signs in (for 15 minutes) and buys Pro: open the "url" of the answer in a browser and pay`,
    `  TOKEN=$(curl -s ${appUrl}/v1/login ${json} -d '{"email":"${person.email}","password":"${personPassword}"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -X POST ${appUrl}/v1/checkout -H "Authorization: Bearer $TOKEN" ${json} -d '{"plan":"pro","interval":"month"}'; echo`,
    '',
    '  # 3. the signed webhook has arrived: the gate is open (200)',
    `  ${tryExport}`,
    '',
    '  # 4. open the portal ("url") and cancel: access goes on until the end of the period',
    `  curl -s -X POST ${appUrl}/v1/portal -H "Authorization: Bearer $TOKEN"; echo`,
    ...(controlToken ? ending(appUrl, controlToken, nextMonth, tryExport) : []),
  ];
}

function ending(appUrl: string, controlToken: string, nextMonth: string, tryExport: string): string[] {
  const headers = `-H 'Authorization: Bearer ${controlToken}' -H 'content-type: application/json'`;
  return [
    '',
    '  # 5. a month passes (our time only moves forward): the gate is closed again (403 subscription_lapsed)',
    `  curl -s -X PUT ${appUrl}/test/clock ${headers} -d '{"now":"${nextMonth}"}'; echo`,
    `  ${tryExport}`,
  ];
}
