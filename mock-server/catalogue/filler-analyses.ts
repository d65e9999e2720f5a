import type { Faker } from '@faker-js/faker'
import type { Analysis, AnalysisVersion } from '../domain/analysis.ts'
import { Ids } from '../domain/ids.ts'
import { analysisFrom, versionFrom } from './known-analyses.ts'

const fields = [
  { category: 'Computational Fluid Dynamics', word: 'Flow' },
  { category: 'Finite Element Analysis', word: 'Structures' },
  { category: 'Molecular Dynamics', word: 'Molecules' },
  { category: 'Electromagnetics', word: 'Fields' },
  { category: 'Optimization', word: 'Optimizer' },
  { category: 'Machine Learning', word: 'Learning' },
  { category: 'Electronic Design Automation', word: 'Circuits' },
  { category: 'Weather', word: 'Climate' },
] as const

const industries = [
  'Aerospace',
  'Automotive',
  'Energy',
  'Life Sciences',
  'Manufacturing',
  'Semiconductor',
] as const

/** So that with what is known there are more than 3,200 versions. */
const versionsPerAnalysis = { min: 3, max: 7 }

export function fillerAnalyses(
  faker: Faker,
  count: number,
  coreTypes: readonly string[],
  seed: string,
): Analysis[] {
  const ids = new Ids(`${seed}\nanalyses`)
  return Array.from({ length: count }, (_, index) => {
    const field = faker.helpers.arrayElement(fields)
    const vendorName = faker.company.name()
    const name = `${faker.hacker.adjective()} ${field.word}`.replace(/^./, (letter) => letter.toUpperCase())
    // The number keeps codes apart.
    const code = `${faker.helpers.slugify(name).toLowerCase().replaceAll('-', '_')}_${index + 1}`
    return analysisFrom({
      code,
      name: `${vendorName} ${name}`,
      description: `<p>${faker.company.catchPhrase()}</p>`,
      vendorName,
      category: field.category,
      industries: faker.helpers
        .arrayElements(industries, { min: 0, max: 2 })
        .map((industry) => ({ name: industry, icon: null })),
      hasRescaleLicense: faker.datatype.boolean(0.2),
      versions: versionsOf(faker, code, faker.helpers.arrayElements(coreTypes, { min: 5, max: 12 }), ids),
    })
  })
}

/** Releases of successive half years, the newest first. */
function versionsOf(
  faker: Faker,
  code: string,
  allowedCoreTypes: readonly string[],
  ids: Ids,
): AnalysisVersion[] {
  const newest = 2 * faker.number.int({ min: 2022, max: 2025 })
  return Array.from({ length: faker.number.int(versionsPerAnalysis) }, (_, age) => {
    const [year, half] = [Math.floor((newest - age) / 2), 1 + ((newest - age) % 2)]
    const given = { id: ids.next('account'), version: `${year} R${half}`, versionCode: `${year}r${half}` }
    return versionFrom(code, { ...given, allowedCoreTypes })
  })
}
