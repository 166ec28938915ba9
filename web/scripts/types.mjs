// Makes src/api/schema.d.ts from the service's OpenAPI, read from standard input:
//   python -m palermo.ui.rest.openapi | npm run types
// A test of the service compares the digest on the first line with its own contract.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import openapi, { astToString } from "openapi-typescript";

const contract = await text(process.stdin);
const digest = createHash("sha256").update(contract.trimEnd()).digest("hex");
const types = astToString(await openapi(JSON.parse(contract), { alphabetize: true }));
const head = `// Made by \`npm run types\` from the OpenAPI with SHA-256 ${digest}; never edited.\n\n`;
writeFileSync(new URL("../src/api/schema.d.ts", import.meta.url), head + types);
