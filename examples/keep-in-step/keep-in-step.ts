// Keeps a mirror of a district's students in step with Pathbridge.
//
// It exports everything once, and from then on pulls what changed behind the cursor that came with
// the export. A webhook only wakes it: whether one is lost, late or sent twice changes nothing.

import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

type Student = { id: string; version: string };
type Endpoint = { id: string; secret: string };
type Known = { cursor?: string; endpoint?: Endpoint; students: Record<string, Student> };
type Problem = { message: string; code?: string; extensions?: { code?: string } };
type Job = { state: string; resultUrl: string; changeCursor: string };
type Changes = {
  nodes: { entityId: string; node: Student | null }[];
  nextCursor: string;
  caughtUp: boolean;
};

const url = setting("PATHBRIDGE_URL");
const client = `${setting("CLIENT_ID")}:${setting("CLIENT_SECRET")}`;
const file = setting("MIRROR", "mirror.json");
const address = setting("LISTEN", "127.0.0.1:9400");
const hookUrl = setting("HOOK_URL", `http://${address}/`);
const documents = setting("DOCUMENTS", "documents");

const patience = 30_000; // milliseconds for one answer
const pullAtLeastEvery = 60_000; // milliseconds, should no webhook come
const oldestKnock = 300; // seconds: what was signed longer ago is a replay
const startOver = ["CURSOR_EXPIRED", "CURSOR_EPOCH_MISMATCH"];

function setting(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise;
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function document(name: string): string {
  return readFileSync(`${documents}/${name}.graphql`, "utf8");
}

/** The service answered with errors; `codes` are what a program goes by. */
class Refused extends Error {
  codes: (string | undefined)[];

  constructor(problems: Problem[]) {
    super(problems.map((problem) => problem.message).join("; "));
    this.codes = problems.map((problem) => problem.extensions?.code ?? problem.code);
  }
}

/** Pathbridge, with a token that is renewed when it has run out. */
class Service {
  private token = "";

  private async signIn(): Promise<void> {
    const authorization = `Basic ${Buffer.from(client).toString("base64")}`;
    const body = new URLSearchParams({ grant_type: "client_credentials" });
    const signal = AbortSignal.timeout(patience);
    const headers = { authorization };
    const answer = await fetch(`${url}/oauth/token`, { method: "POST", headers, body, signal });
    if (!answer.ok) throw new Error(`no token: ${answer.status}`);
    this.token = ((await answer.json()) as { access_token: string }).access_token;
  }

  private async send(to: string, body?: string): Promise<Response> {
    const once = () =>
      fetch(to, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
        signal: AbortSignal.timeout(patience),
        ...(body === undefined ? {} : { body }),
      });
    if (this.token === "") await this.signIn();
    const answer = await once();
    if (answer.status !== 401) return answer;
    await this.signIn();
    return once();
  }

  async ask<T>(name: string, variables: object): Promise<T> {
    const body = JSON.stringify({ query: document(name), variables });
    const answer = (await (await this.send(`${url}/graphql`, body)).json()) as {
      data: T;
      errors?: Problem[];
    };
    if (answer.errors?.length) throw new Refused(answer.errors);
    return answer.data;
  }

  async do<T>(name: string, mutation: string, variables: object): Promise<T> {
    type Payload = T & { userErrors: Problem[] };
    const payload = (await this.ask<Record<string, Payload>>(name, variables))[mutation];
    if (payload === undefined) throw new Error(`no answer of ${mutation}`);
    if (payload.userErrors.length) throw new Refused(payload.userErrors);
    return payload;
  }

  async lines(from: string): Promise<string[]> {
    const answer = await this.send(from);
    if (!answer.ok) throw new Error(`no result: ${answer.status}`);
    return (await answer.text()).split("\n").filter((line) => line !== "");
  }
}

/** The students and the cursor behind which they are known, saved together. */
class Mirror {
  known: Known = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Known)
    : { students: {} };

  private save(): void {
    writeFileSync(`${file}.new`, JSON.stringify(this.known));
    renameSync(`${file}.new`, file);
  }

  async export(service: Service): Promise<void> {
    const query = document("export");
    const asked = await service.do<{ job: Job & { id: string } }>("request", "bulkExportCreate", { query });
    let { job } = await service.ask<{ job: Job }>("job", { id: asked.job.id });
    while (job.state !== "COMPLETED") {
      if (job.state !== "QUEUED" && job.state !== "RUNNING") {
        throw new Error(`the export ended as ${job.state}`);
      }
      await sleep(500);
      ({ job } = await service.ask<{ job: Job }>("job", { id: asked.job.id }));
    }
    this.known.students = {};
    for (const line of await service.lines(job.resultUrl)) {
      const { __typename, ...student } = JSON.parse(line) as Student & { __typename?: string };
      this.known.students[student.id] = student;
    }
    this.known.cursor = job.changeCursor;
    this.save();
  }

  async pull(service: Service): Promise<void> {
    let caughtUp = false;
    while (!caughtUp) {
      const after = this.known.cursor;
      const { changes } = await service.ask<{ changes: Changes }>("changes", { after });
      for (const { entityId, node } of changes.nodes) {
        if (node) this.known.students[entityId] = node;
        else delete this.known.students[entityId];
      }
      this.known.cursor = changes.nextCursor;
      caughtUp = changes.caughtUp;
      this.save();
    }
  }

  async expectKnocks(service: Service): Promise<void> {
    type Made = { webhookEndpoint: { id: string }; secret: string };
    const variables = { url: hookUrl };
    const made = await service.do<Made>("webhook", "webhookEndpointCreate", variables);
    this.known.endpoint = { id: made.webhookEndpoint.id, secret: made.secret };
    this.save();
  }
}

/** Whether Pathbridge signed this, as Standard Webhooks has it, and lately. */
function isGenuine(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const at = Number(headers["webhook-timestamp"]);
  if (!(Math.abs(Date.now() / 1000 - at) <= oldestKnock)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`;
  const wanted = createHmac("sha256", key).update(signed).update(body).digest();
  const given = String(headers["webhook-signature"]).split(" ");
  return given.some((one) => {
    const bytes = Buffer.from(one.replace(/^v1,/, ""), "base64");
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}

/** A bell that keeps one ring for whoever comes to wait. */
class Bell {
  private rung = false;
  private waiting: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.waiting?.();
  }

  async wait(most: number): Promise<void> {
    if (!this.rung) {
      const patience = new AbortController();
      const rings = new Promise<void>((resolve) => (this.waiting = resolve));
      await Promise.race([rings, sleep(most, undefined, { signal: patience.signal }).catch(() => {})]);
      patience.abort();
    }
    this.rung = false;
  }
}

function listen(mirror: Mirror, bell: Bell): void {
  const receiver = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { endpoint } = mirror.known;
    const genuine = endpoint && isGenuine(endpoint.secret, request.headers, Buffer.concat(pieces));
    if (genuine) bell.ring();
    response.writeHead(genuine ? 204 : 401).end();
  });
  const [host, port] = address.split(":");
  receiver.listen(Number(port), host);
}

async function follow(mirror: Mirror, bell: Bell): Promise<never> {
  const service = new Service();
  if (mirror.known.cursor === undefined) await mirror.export(service);
  if (mirror.known.endpoint === undefined) await mirror.expectKnocks(service);
  for (;;) {
    await mirror.pull(service);
    console.log(`in step: ${Object.keys(mirror.known.students).length} students`);
    await bell.wait(pullAtLeastEvery);
  }
}

const mirror = new Mirror();
const bell = new Bell();
listen(mirror, bell);
for (;;) {
  await follow(mirror, bell).catch((failed: Error) => {
    console.log(`${failed.name}: ${failed.message}`);
    if (failed instanceof Refused && failed.codes.some((code) => startOver.includes(code ?? ""))) {
      delete mirror.known.cursor;
    }
  });
  await sleep(1_000);
}
