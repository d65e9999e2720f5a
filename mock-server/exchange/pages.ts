import { splitTarget } from '../operations/target.ts'
import { emptyAnswer, jsonText } from './answers.ts'
import type { ExchangeAnswer, ExchangeRequest } from './http.ts'

type Pages = (request: ExchangeRequest) => ExchangeAnswer | Promise<ExchangeAnswer> | null

/** The API's documentation, for people (`/docs/`) and for programs (`/openapi.json`). Loaded when first asked for. */
export function createPages(): Pages {
  return ({ method, target, origin }) => {
    if (method !== 'GET' && method !== 'HEAD') return null
    switch (splitTarget(target).path) {
      case '/':
      case '/docs':
        return emptyAnswer(302, { location: '/docs/' })
      case '/docs/':
        return documentation(origin)
      case '/openapi.json':
        return description()
      default:
        return null
    }
  }
}

async function documentation(origin: string): Promise<ExchangeAnswer> {
  const { apiPage, apiPagePolicy } = await import('../../openapi/api-page.ts')
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': apiPagePolicy }
  return { status: 200, headers, body: apiPage({ origin }) }
}

async function description(): Promise<ExchangeAnswer> {
  const { default: bundle } = await import('../../openapi/generated/rescale.json', { with: { type: 'json' } })
  return jsonText(200, JSON.stringify(bundle))
}
