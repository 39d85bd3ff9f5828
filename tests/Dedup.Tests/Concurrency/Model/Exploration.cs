namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// All states that a model can reach. Breadth first: a path to a loss of data is then as short as any, and the states found are the queue.
/// </summary>
internal sealed class Exploration
{
    private readonly ProtocolModel _model;
    private readonly StateSet _states = new();

    private Exploration(ProtocolModel model) => _model = model;

    /// <summary>The number of states found, all that there are if no data is lost.</summary>
    public int States => _states.Count;

    /// <summary>The steps of a shortest way to lose data, or null: there is none.</summary>
    public IReadOnlyList<string>? Loss { get; private set; }

    /// <summary>Explores until data is lost or every state has been seen.</summary>
    public static Exploration Of(int backups, int prunes, ProtocolRules rules)
    {
        var model = new ProtocolModel(backups, prunes, rules);
        var exploration = new Exploration(model);
        exploration._states.Add(model.Start(), -1);
        exploration.Run();
        return exploration;
    }

    private void Run()
    {
        var steps = new List<Step>();
        for (int number = 0; number < _states.Count; number++)
        {
            PackedState state = _states[number];
            if (_model.LosesData(state))
            {
                Loss = Trace(number);
                return;
            }

            steps.Clear();
            _model.AddSteps(state, steps);
            foreach (Step step in steps)
            {
                _states.Add(step.State, number);
            }
        }
    }

    private List<string> Trace(int number)
    {
        var trace = new List<string>();
        for (int parent = _states.Parent(number); parent >= 0; (number, parent) = (parent, _states.Parent(parent)))
        {
            var steps = new List<Step>();
            _model.AddSteps(_states[parent], steps);
            PackedState after = _states[number];
            trace.Add(_model.Text.Describe(steps.First(step => PackedState.Same(step.State, after))));
        }

        trace.Reverse();
        return trace;
    }
}
