/** The job that the tutorial reads without having made it (cell 22). Every tenant has one by this id. */
export const tutorialJobId = 'ObMcJc'
