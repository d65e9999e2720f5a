// Recipes as functions: for outcomes that depend on the job.
export const recipes = [
  {
    name: 'an optimiser that takes longer with fewer cores',
    matches: (order) => order.jobName.startsWith('optimise'),
    plan: (order) => ({
      duration: `${Math.round(480 / (order.coresPerSlot * order.slots))} min`,
      log: [`${order.coresPerSlot * order.slots} cores on ${order.coreType}`],
      files: [{ path: 'optimum.csv', content: 'x,y\n0.5,1.25\n' }],
    }),
  },
]
