import { writeFileSync } from 'node:fs';
import { schemaText } from '../graphql/schema-text.ts';

/** Writes the schema of the API to the file given, else to standard output. */
const file = process.argv[2];
if (file) writeFileSync(file, schemaText());
else process.stdout.write(schemaText());
