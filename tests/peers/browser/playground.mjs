// Opens the playground, gets a token, runs an example, sees rows; no request leaves the origin.
// URL, CLIENT_ID, CLIENT_SECRET come from the environment; CHROMIUM names another browser.
// Prints one JSON line with what was seen.

import { chromium } from "playwright-core";

const { URL: origin, CLIENT_ID, CLIENT_SECRET, CHROMIUM = "/usr/bin/chromium" } = process.env;
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const foreign = [];
const violations = [];
try {
  const page = await browser.newPage();
  page.on("request", (request) => {
    const url = request.url();
    const local = url.startsWith(origin) || url.startsWith("data:") || url.startsWith("blob:");
    if (!local) foreign.push(url);
  });
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(`${origin}/playground`, { waitUntil: "networkidle" });
  const title = await page.title();
  await page.fill("#pb-client-id", CLIENT_ID);
  await page.fill("#pb-client-secret", CLIENT_SECRET);
  await page.click("#pb-get-token");
  await page.waitForSelector('#pb-token-status[data-state="ready"]', { timeout: 20_000 });
  const plain = await page.$("#pb-run");
  let answer;
  if (plain) {
    await page.fill("#pb-query", "{ students(first: 5) { nodes { id familyName } } }");
    await page.click("#pb-run");
    await page.waitForFunction(() => document.querySelector("#pb-result")?.textContent.includes("student_"));
    answer = await page.textContent("#pb-result");
  } else {
    await page.waitForSelector("#pb-example:enabled", { timeout: 20_000 });
    const value = await page.$$eval("#pb-example option", (options) =>
      options.find((option) => /page of ten/i.test(option.textContent)).value,
    );
    await page.selectOption("#pb-example", value);
    await page.waitForSelector(".graphiql-query-editor .view-lines");
    await page.waitForTimeout(500);
    await page.click(".graphiql-execute-button");
    await page.waitForFunction(
      () => document.querySelector(".result-window")?.textContent.includes("student_"),
      undefined,
      { timeout: 20_000 },
    );
    answer = await page.textContent(".result-window");
  }
  const rows = (answer.match(/student_[0-9a-z]{26}/g) ?? []).length;
  console.log(JSON.stringify({ title, full: !plain, rows, foreign, violations }));
} finally {
  await browser.close();
}
