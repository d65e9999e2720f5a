import type { BuiltServer } from '../programs/built-server.ts'

/** Resolves to the file's id, once it was acknowledged. */
export async function uploadText(
  { url }: BuiltServer,
  apiKey: string,
  name: string,
  text: string,
): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob([text]), name)
  const headers = { authorization: `Token ${apiKey}` }
  const answer = await fetch(`${url}/api/v2/files/contents/`, { method: 'POST', headers, body })
  if (answer.status !== 201) throw new Error(`an upload answered ${answer.status}`)
  return ((await answer.json()) as { id: string }).id
}
