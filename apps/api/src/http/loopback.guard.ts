import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotFoundError } from '@tollgate/kernel';
import { isLoopback, isLoopbackHost } from './loopback.js';

/** Lets only this machine in, under one of its own names; to everybody else the route does not exist. */
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isLoopback(request.socket.remoteAddress) || !isLoopbackHost(request.headers.host))
      throw new NotFoundError('Page');
    return true;
  }
}
