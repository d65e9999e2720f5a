import type { ContractReport } from './contract-report.ts'

export const jsonReport = (report: ContractReport): string => `${JSON.stringify(report, null, 2)}\n`
