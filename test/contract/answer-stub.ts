import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One scripted answer: a status with a body, or what a broken server does. */
export interface StubAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `reset` closes the connection, `hang` never answers, `drip` sends one byte a second of a body without end. */
  readonly broken?: 'reset' | 'hang' | 'drip';
}

/** One call that arrived. */
export interface StubCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** An HTTP server on the loopback that answers from a script (its last answer for ever) and notes what arrives. */
export class AnswerStub {
  readonly calls: StubCall[] = [];
  private script: readonly StubAnswer[] = [{}];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => this.take(request, response));
  }

  /** Starts one at a free port. */
  static async start(): Promise<AnswerStub> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new AnswerStub(server);
  }

  /** Its address, without a path. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Replaces the script and forgets the calls. */
  answer(...script: StubAnswer[]): void {
    this.script = script;
    this.calls.length = 0;
  }

  /** Ends every connection and the listener. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const next = this.script[Math.min(this.calls.length, this.script.length - 1)] ?? {};
      const { method = '', url = '', headers } = request;
      this.calls.push({ method, path: url, body: Buffer.concat(chunks).toString(), headers });
      give(next, response);
    });
  }
}

function give(
  { status = 200, body = '{}', headers = {}, broken }: StubAnswer,
  response: ServerResponse,
): void {
  if (broken === 'hang') return;
  if (broken === 'reset') {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (broken !== 'drip') {
    response.end(body);
    return;
  }
  const drops = setInterval(() => response.write(' '), 1000);
  response.on('close', () => clearInterval(drops));
}
