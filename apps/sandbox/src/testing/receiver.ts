import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One webhook as it arrived. */
export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
  /** The event's type, read from the body. */
  type: string;
}

/** A tiny endpoint that remembers what it got and answers what it is told. */
export interface Receiver {
  url: string;
  received: ReceivedWebhook[];
  /** Status of the next answers. */
  status: number;
  /** Called before each answer. */
  onWebhook: (webhook: ReceivedWebhook) => Promise<void> | void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startReceiver(): Promise<Receiver> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { type } = JSON.parse(body) as { type: string };
    const webhook = { headers: request.headers, body, type };
    receiver.received.push(webhook);
    await receiver.onWebhook(webhook);
    response.writeHead(receiver.status, receiver.status === 302 ? { location: '/elsewhere' } : {}).end();
  };
  // A broken request ends its own connection; what it would have shown is missing from `received`.
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received: [],
    status: 204,
    onWebhook: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
