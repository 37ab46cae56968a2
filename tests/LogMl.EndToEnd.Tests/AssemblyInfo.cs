// One build already uses more than one core.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
