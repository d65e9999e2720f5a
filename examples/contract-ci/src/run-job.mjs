// The code of ours that talks to Rescale: saves a job, submits it, and waits for its end.

/**
 * @param {object} platform
 * @param {string} platform.baseUrl
 * @param {string} platform.apiKey
 * @param {typeof fetch} [platform.fetch]
 * @param {() => Promise<unknown>} platform.wait between two looks at the status
 * @param {object} job as the API takes it
 * @returns {Promise<{ jobId: string, reason: string | null }>}
 */
export async function runJob({ baseUrl, apiKey, fetch = globalThis.fetch, wait }, job) {
  const call = async (method, path, body) => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { Authorization: `Token ${apiKey}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const { id: jobId } = await call('POST', '/api/v2/jobs/', job)
  await call('POST', `/api/v2/jobs/${jobId}/submit/`)
  for (;;) {
    const { results } = await call('GET', `/api/v2/jobs/${jobId}/statuses/`)
    const completed = results.find(({ status }) => status === 'Completed')
    if (completed) return { jobId, reason: completed.statusReason }
    await wait()
  }
}
