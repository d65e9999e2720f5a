/** The environment for programs that users start themselves: what the npm and vitest above these tests were told is not for them. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...inherited } = process.env
  const isOfThisRun = (name: string) =>
    /^npm_(?!config_cache)|^vitest|^test$|^node_env$|^force_color$/i.test(name)
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => !isOfThisRun(name)))
}
