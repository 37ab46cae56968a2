// A build uses more than one core by itself.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
