/** Owns one small HTTP request: no redirects, no kept connection, bounded in time and size. */

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { fail, ok, type Result } from '../common/result.ts';

export interface HttpAnswer {
  readonly status: number;
  /** The first `maxUnits` of it. */
  readonly body: string;
}

export interface HttpGetOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const BODY_MAX_UNITS = 4_096;

/** Fails with the system's error code ("ECONNREFUSED"), "ETIMEDOUT" after timeoutMs, or "UNKNOWN". */
export function httpGet(url: string, { timeoutMs, signal }: HttpGetOptions): Promise<Result<HttpAnswer>> {
  return new Promise((resolve) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const get = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = get(url, { agent: false, signal: AbortSignal.any([signal, deadline]) }, (response) => {
      let body = '';
      const finish = (): void => {
        resolve(ok({ status: response.statusCode ?? 0, body: body.slice(0, BODY_MAX_UNITS) }));
        request.destroy();
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length >= BODY_MAX_UNITS) finish();
      });
      response.on('end', finish);
      response.on('error', (error) => resolve(fail(deadline.aborted ? 'ETIMEDOUT' : errorCode(error))));
    });
    request.on('error', (error) => resolve(fail(deadline.aborted ? 'ETIMEDOUT' : errorCode(error))));
    request.end();
  });
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
