// The request cores of clients that people pick, one that throws each: no check of what is sent, retries off.
import { Octokit } from "@octokit/core";
import axios from "axios";
import ky from "ky";
import OpenAI from "openai";
import Stripe from "stripe";

/** @typedef {import("./contestant-setup.js").Setup} Setup */

const TIMEOUT_MS = 30_000;

/** @param {Setup} setup */
const headersOf = ({ authorization }) => ({ Accept: "application/json", Authorization: authorization });

/** @param {(path: string, body: object) => Promise<unknown>} post @param {Setup} setup */
const submitting = (post, { appId }) => ({
  submitListener: (id, submission) => post(`/${appId}/listener/botsplash/${encodeURIComponent(id)}`, submission),
});

export const throwingClients = {
  /** @param {Setup} setup */
  ky: (setup) => {
    const { baseUrl, fetch } = setup;
    const client = ky.create({ fetch, retry: 0, timeout: TIMEOUT_MS, headers: headersOf(setup) });
    return submitting((path, json) => client.post(baseUrl + path, { json }).json(), setup);
  },

  /** @param {Setup} setup */
  axios: (setup) => {
    const { baseUrl, fetch } = setup;
    const env = { fetch, Request, Response };
    const headers = headersOf(setup);
    const client = axios.create({ baseURL: baseUrl, adapter: "fetch", timeout: TIMEOUT_MS, headers, env });
    return submitting(async (path, body) => (await client.post(path, body)).data, setup);
  },

  /** @param {Setup} setup */
  openai: (setup) => {
    const client = new OpenAI({
      apiKey: "key",
      baseURL: setup.baseUrl,
      fetch: setup.fetch,
      maxRetries: 0,
      timeout: TIMEOUT_MS,
      defaultHeaders: headersOf(setup),
      dangerouslyAllowBrowser: true,
    });
    return submitting((path, body) => client.post(path, { body }), setup);
  },

  /** @param {Setup} setup */
  stripe: (setup) => {
    const { baseUrl, fetch } = setup;
    const { host, pathname } = new URL(baseUrl);
    const client = new Stripe("key", {
      httpClient: Stripe.createFetchHttpClient(fetch),
      host,
      maxNetworkRetries: 0,
      timeout: TIMEOUT_MS,
      telemetry: false,
    });
    return submitting((path, body) => client.rawRequest("POST", pathname + path, body), setup);
  },

  /** @param {Setup} setup */
  "@octokit/core": (setup) => {
    const client = new Octokit({ baseUrl: setup.baseUrl, request: { fetch: setup.fetch } });
    const headers = { ...headersOf(setup), "content-type": "application/json" };
    return submitting(
      async (url, body) => (await client.request({ method: "POST", url, headers, ...body })).data,
      setup,
    );
  },
};
