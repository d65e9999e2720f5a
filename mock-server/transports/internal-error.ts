import { detail, INTERNAL_ERROR } from '../exchange/answers.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'

export const internalError: ExchangeAnswer = detail(500, INTERNAL_ERROR)
