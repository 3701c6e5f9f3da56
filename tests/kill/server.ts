import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** What a page tells the harness. @returns where the page goes next, if anywhere */
export type Listener = (event: string, body: unknown) => string | undefined;

export interface Serving {
  readonly origin: string;
  /** Who listens to the page of this visit. What a killed page had sent before still arrives. */
  listen(visit: string, listener: Listener): void;
  close(): void;
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the built page at one port, since the origin owns the data. Takes reports at `/report/<visit>/<event>`. */
export async function serve(folder: string): Promise<Serving> {
  const listeners = new Map<string, Listener>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, kind, visit = '', event = ''] = pathname.split('/');
    if (kind === 'report') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const next = listeners.get(visit)?.(
          event,
          JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null'),
        );
        response.end(next ?? '');
      });
      return;
    }
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listen: (visit, listener) => void listeners.set(visit, listener),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
