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
    `  API            ${appUrl}/v1`,
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
  return [
    `  # 1. ${person.name} is on the free plan: the gate is closed (403 upgrade_required)`,
    `  curl -i -X POST ${appUrl}/v1/export -H 'Authorization: Bearer ${apiKey}'`,
    '',
    `  # 2. ${person.name} signs in and buys Pro: open the "url" of the answer in a browser and pay`,
    `  TOKEN=$(curl -s ${appUrl}/v1/login ${json} -d '{"email":"${person.email}","password":"${personPassword}"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -X POST ${appUrl}/v1/checkout -H "Authorization: Bearer $TOKEN" ${json} -d '{"plan":"pro","interval":"month"}'`,
    '',
    '  # 3. the signed webhook has arrived: the gate is open (200)',
    `  curl -i -X POST ${appUrl}/v1/export -H 'Authorization: Bearer ${apiKey}'`,
    '',
    '  # 4. cancel in the portal (open its "url"), and let a month pass: the gate closes again',
    `  curl -s -X POST ${appUrl}/v1/portal -H "Authorization: Bearer $TOKEN"`,
    ...(controlToken
      ? [
          `  curl -s -X PUT ${appUrl}/test/clock -H 'Authorization: Bearer ${controlToken}' ${json} -d '{"now":"${nextMonth}"}'`,
        ]
      : []),
  ];
}
