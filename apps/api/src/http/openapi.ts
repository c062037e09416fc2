import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of all routes. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Tollgate')
    .setDescription('May this caller do this thing, now, and who pays for it?')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token or an API key' })
    .addCookieAuth('tollgate_staff', { type: 'apiKey', in: 'cookie' }, 'staff')
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the document at `/docs-json` and a page to read it at `/docs`. Called after `configureHttp`, before listening. */
export function setupOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}
