import type { Analysis, AnalysisVersion, LicenseSetting } from '../domain/analysis.ts'
import { Ids } from '../domain/ids.ts'
import { knownCoreTypes } from './known-coretypes.ts'

const currentCoreTypes = knownCoreTypes.filter(({ isDeprecated }) => !isDeprecated).map(({ code }) => code)

const rescaleDesk = { code: 'rescale', displayName: 'Rescale Support', email: 'support@example.com' }

type Given = Pick<Analysis, 'code' | 'name' | 'vendorName' | 'category' | 'versions'> & Partial<Analysis>

export function analysisFrom(given: Given): Analysis {
  return Object.freeze({
    description: `<p>${given.name}</p>`,
    thumbnail: `/static/img/analyses_images/${given.code}.png`,
    industries: [],
    supportDesks: [rescaleDesk],
    licenseSettings: [],
    hasRescaleLicense: false,
    hasShortTermLicense: false,
    hasOnDemandLicense: false,
    pricing: '',
    optimizerType: null,
    resources: [],
    displayOrder: null,
    ...given,
  })
}

export function versionFrom(
  code: string,
  given: Pick<AnalysisVersion, 'id' | 'version' | 'versionCode'> & Partial<AnalysisVersion>,
): AnalysisVersion {
  const isDesktop = code.endsWith('e2e_desktop')
  const version: AnalysisVersion = {
    type: isDesktop ? 'interactive' : 'compute',
    oses: [isDesktop || code.endsWith('_win') ? 'windows' : 'linux'],
    allowedCoreTypes: currentCoreTypes,
    stdCommand: '',
    smpCommand: '',
    mpiCommand: '',
    eula: null,
    mustBeRequested: false,
    ...given,
  }
  return Object.freeze(version)
}

const licenseServer = (name: string): LicenseSetting => ({
  name,
  label: 'License',
  helpText: 'FlexNet license server address ([port]@hostname)',
  licenseType: 'Flex',
  isServer: true,
})

const ansysLicenses = ['ANSYSLI_SERVERS', 'ANSYSLMD_LICENSE_FILE'].map(licenseServer)
const ansysReleases = ['2021r1', '2020r2', '2020r1', '2019r3', '2019r2', '2019r1']

const abaqusCommands = {
  stdCommand: 'abaqus job=<job> interactive',
  smpCommand: 'abaqus job=<job> cpus=<smp-ranks> interactive',
  mpiCommand: 'abaqus job=<job> cpus=<mpi-ranks> mp_mode=mpi interactive',
}

/** A version is its code, or its display name with its code, or more. */
type KnownVersion = string | readonly [version: string, versionCode: string, more?: Partial<AnalysisVersion>]

interface KnownTile extends Partial<Omit<Analysis, 'versions'>> {
  readonly code: string
  readonly name: string
  readonly vendorName: string
  readonly category: string
  /** Newest first. */
  readonly versions: readonly KnownVersion[]
}

const tools = 'Tools'
const cfd = 'Computational Fluid Dynamics'
const fea = 'Finite Element Analysis'

/** Software that sources name. Codes are real, and so are the versions of those that say where from; the rest is illustrative. */
const knownTiles: readonly KnownTile[] = [
  // Tutorial cell 28; names from B21.
  {
    code: 'user_included',
    name: 'Bring Your Own Software',
    vendorName: 'Rescale',
    category: tools,
    versions: [['CPU', '0']],
  },
  // api-facts §3.5: both versions.
  {
    code: 'user_included_win',
    name: 'Bring Your Own Windows Software',
    vendorName: 'Rescale',
    category: tools,
    versions: ['1', '0'],
  },
  // The name that `user_included` had in 2016, under the code of 2015-19.
  {
    code: 'custom',
    name: 'Custom User-Defined Software',
    vendorName: 'Rescale',
    category: tools,
    versions: ['0'],
  },
  // api-facts §3.5: both versions.
  {
    code: 'user_included_singularity_container',
    name: 'Bring Your Own Singularity Container',
    vendorName: 'Rescale',
    category: tools,
    versions: ['3.8.0', '3.2.0'],
  },
  {
    code: 'user_included_singularity_container_mpi',
    name: 'Bring Your Own Singularity Container for MPI',
    vendorName: 'Rescale',
    category: tools,
    versions: ['3.8.0', '3.2.0'],
  },
  {
    code: 'rescale-ckpt-e2e',
    name: 'Rescale Checkpointing',
    vendorName: 'Rescale',
    category: tools,
    versions: ['1.0'],
  },
  // api-facts §3.5: 4.8.4.
  { code: 'miniconda', name: 'Miniconda', vendorName: 'Anaconda', category: tools, versions: ['4.8.4'] },
  {
    code: 'chainer',
    name: 'Chainer',
    vendorName: 'Preferred Networks',
    category: 'Machine Learning',
    versions: ['7.8.0'],
  },
  // api-facts §3.5: the form of name and code; jobs.create.201.2014: 2.3.0-openmpi.
  {
    code: 'openfoam',
    name: 'OpenFOAM',
    vendorName: 'The OpenFOAM Foundation',
    category: cfd,
    versions: [
      ['7 (Intel MPI)', '7-intelmpi'],
      ['2.3.0 (OpenMPI)', '2.3.0-openmpi'],
    ],
  },
  {
    code: 'openfoam_plus',
    name: 'OpenFOAM+',
    vendorName: 'OpenCFD',
    category: cfd,
    versions: [
      ['v1906+ (Intel MPI)', 'v1906+-intelmpi'],
      ['v1712+ (Intel MPI)', 'v1712+-intelmpi'],
    ],
  },
  {
    code: 'freefem',
    name: 'FreeFEM',
    vendorName: 'Sorbonne Université',
    category: fea,
    versions: [
      ['4.6', '4.6'],
      ['4.5', '4.5'],
    ],
  },
  // api-facts §3.5: 2019r1 … 2021r1; licence variables from tutorial cell 58.
  {
    code: 'ansys_fluent',
    name: 'Ansys Fluent',
    vendorName: 'Ansys',
    category: cfd,
    licenseSettings: ansysLicenses,
    versions: ansysReleases.map((code) => [code.toUpperCase().replace('R', ' R'), code] as const),
  },
  {
    code: 'ansys_mechanical',
    name: 'Ansys Mechanical',
    vendorName: 'Ansys',
    category: fea,
    licenseSettings: ansysLicenses,
    versions: ansysReleases.map((code) => [code.toUpperCase().replace('R', ' R'), code] as const),
  },
  {
    code: 'ansys_e2e_desktop',
    name: 'Ansys Desktop',
    vendorName: 'Ansys',
    category: 'Desktop',
    licenseSettings: ansysLicenses,
    versions: ansysReleases.slice(0, 3).map((code) => [code.toUpperCase().replace('R', ' R'), code] as const),
  },
  {
    code: 'msc_nastran_e2e_desktop',
    name: 'MSC Nastran Desktop',
    vendorName: 'MSC Software',
    category: 'Desktop',
    versions: ['2021.4'],
  },
  // analyses.list.2016: 6.14-1 with its commands, licence and resource.
  {
    code: 'abaqus',
    name: 'Abaqus',
    description: '<p><b>Abaqus FEA</b></p>',
    vendorName: 'Dassault Systèmes',
    category: fea,
    hasRescaleLicense: true,
    industries: [
      { name: 'Aerospace', icon: null },
      { name: 'Automotive', icon: null },
    ],
    licenseSettings: [licenseServer('LM_LICENSE_FILE')],
    resources: [{ url: 'https://www.rescale.com/resources/software/abaqus/example/', name: 'Basic Example' }],
    versions: [
      ['2020', '2020-2038', abaqusCommands],
      [
        '6.14-1',
        '6.14.1-pcmpi',
        { ...abaqusCommands, allowedCoreTypes: knownCoreTypes.slice(0, -1).map(({ code }) => code) },
      ],
    ],
  },
  // analyses.list.2026: all.
  {
    code: '3dx_station',
    name: '3DEXPERIENCE Station',
    description: '<p>test</p>',
    vendorName: 'Dassault Systemes',
    category: 'Desktop',
    pricing: null,
    optimizerType: 0,
    industries: [{ name: 'Automotive', icon: 'https://example.com/icon.png' }],
    versions: [['2022x', '2022x-Batch', { allowedCoreTypes: ['emerald'] }]],
  },
]

/** Ids of versions are the same on every server, like the rest of what is known. */
const ids = new Ids('known analyses')

export const knownAnalyses: readonly Analysis[] = knownTiles.map((tile) =>
  analysisFrom({
    ...tile,
    versions: tile.versions.map((known) => {
      const [version, versionCode, more = {}] = typeof known === 'string' ? [known, known] : known
      return versionFrom(tile.code, { id: ids.next('account'), version, versionCode, ...more })
    }),
  }),
)
