import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { codeExamples, codeSchemas } from './openapi-components.js';
import { referToExamples } from './openapi-examples.js';

/** The OpenAPI document of all routes, with every error code and every reason of a denial. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Tollgate')
    .setDescription('May this caller do this thing, now, and who pays for it?')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token or an API key' })
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description: 'A service key (`tgs_…`), for another system of ours; staff make them',
      },
      'service_key',
    )
    .addCookieAuth('tollgate_staff', { type: 'apiKey', in: 'cookie' }, 'staff')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...codeSchemas() },
    examples: { ...document.components?.examples, ...codeExamples() },
  };
  referToExamples(document);
  return document;
}

/** Serves the document at `/docs-json` and a page to read it at `/docs`. Called after `configureHttp`, before listening. */
export function setupOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}
