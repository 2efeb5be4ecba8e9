using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>A pipeline and a model server between which everything happens in a random order that one seed repeats.</summary>
internal sealed class ModelRun(int seed, bool independentOnly)
{
    private readonly Random _random = new(seed);
    private readonly PipelineMachine _machine = new();
    private readonly ModelServer _server = new();
    private readonly Dictionary<RequestId, ModelCommand> _commands = [];
    private readonly Dictionary<RequestId, FinishedCommand> _ends = [];
    private readonly List<(ModelMessage Kind, ModelCommand Command)> _buffer = [];
    private readonly Queue<ModelCommand> _again = new();
    private int _groupLeft;
    private bool _isCancelling;
    private bool _isSignalSent;
    private RequestId _awaitsDemand;
    private bool _isOver;

    public int Hits { get; private set; }

    public int Ended => _ends.Count;

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
            Act();
    }

    /// <summary>Lets everything come to its end.</summary>
    public void Settle()
    {
        for (var i = 0; i < 10_000 && (_machine.Count > 0 || _isCancelling || _groupLeft > 0 || _again.Count > 0); i++)
        {
            if (_groupLeft > 0 || _again.Count > 0)
                Submit();
            Flush();
            _server.Step();
            Deliver();
            Demand();
            if (_isCancelling)
                EndCancel();
            Check();
        }

        Assert.Equal(0, _machine.Count);
        Assert.True(_machine.AcceptsCommands, $"seed {seed}");
        CheckEnds();
    }

    /// <summary>The session ends one way or another.</summary>
    public void Break()
    {
        switch (_random.Next(3))
        {
            case 0:
                // Some of what the server said is never heard.
                Hear(_random.Next(4));
                _server.Orphan();
                break;
            case 1:
                Work(_random.Next(4));
                _server.Shutdown();
                Hear(int.MaxValue);
                break;
            case 2:
                // A pooler lost its server: how far that got nobody knows.
                Hear(_random.Next(4));
                _server.Orphan();
                _server.Replies.Enqueue(machine => machine.OnError(Pipelines.Error(SqlStates.ProtocolViolation, "FATAL")));
                Hear(1);
                break;
        }

        _isOver = true;
        _machine.OnTransportLost();
        TakeFinished();
        Assert.Equal(0, _machine.Count);
        Assert.False(_machine.AcceptsCommands);
        CheckEnds();
    }

    private void Act()
    {
        switch (_random.Next(12))
        {
            case 0 or 1:
                Submit();
                break;
            case 2 or 3:
                Flush();
                break;
            case 4 or 5:
                _server.Step();
                break;
            case 6 or 7 or 8:
                Deliver();
                break;
            case 9:
                Demand();
                break;
            case 10 when _random.Next(2) == 0:
                WantCancel();
                break;
            case 10 or 11:
                if (_isCancelling && !_isSignalSent && _random.Next(4) != 0)
                    Signal();
                else if (_isCancelling)
                    EndCancel();
                break;
        }

        Check();
    }

    private void Submit()
    {
        if (!_machine.AcceptsCommands)
            return;
        var id = new RequestId(_commands.Count + 1);
        var command = _groupLeft == 0 && _again.TryDequeue(out var victim) ? victim.Again(id, _random.Next(4)) : Make(id);
        _commands.Add(id, command);
        Write(command);
        Apply(_machine.OnSubmitted(id, command.Shape));
    }

    private ModelCommand Make(RequestId id)
    {
        if (_groupLeft == 0 && !independentOnly && _random.Next(4) == 0)
            _groupLeft = _random.Next(2, 5);
        var isGrouped = _groupLeft > 0;
        if (isGrouped)
            _groupLeft--;
        var shape = _random.Next(4) switch { 0 => Pipelines.Parsed, 1 => Pipelines.Closing, 2 => Pipelines.Careful, _ => Pipelines.Cached };
        if (!independentOnly)
        {
            shape = shape with { Safety = (StatementSafety)_random.Next(3) };
            if (_groupLeft == 0 && _random.Next(4) == 0)
                shape = shape with { RowLimit = 1 + _random.Next(2), Syncs = false };
            else if (!isGrouped && _random.Next(6) == 0)
                shape = Pipelines.Simple;
        }

        if (_groupLeft > 0)
            shape = shape with { Syncs = false };
        return new ModelCommand(id, shape)
        {
            IsGrouped = isGrouped,
            RowsLeft = _random.Next(4),
            FailsAtBind = _random.Next(12) == 0,
            FailsAtExecute = _random.Next(12) == 0,
            FailsAtCommit = _random.Next(12) == 0,

            // What commits with its success, such as COMMIT, has no rows to be fetched in parts.
            CommitsEarly = _random.Next(2) == 0 && shape is not { RowLimit: > 0, Safety: StatementSafety.AllOrNothing },
        };
    }

    private void Write(ModelCommand command)
    {
        var shape = command.Shape;
        if (shape.Protocol == CommandProtocol.Simple)
        {
            _buffer.Add((ModelMessage.Query, command));
            return;
        }

        if (shape.Closes)
            _buffer.Add((ModelMessage.Close, command));
        if (shape.Parses)
            _buffer.Add((ModelMessage.Parse, command));
        if (shape.DescribesFirst)
            _buffer.Add((ModelMessage.DescribeStatement, command));
        else
            WriteBind(command);
    }

    private void WriteBind(ModelCommand command)
    {
        var shape = command.Shape;
        _buffer.Add((ModelMessage.Bind, command));
        if (shape.Describes)
            _buffer.Add((ModelMessage.Describe, command));
        _buffer.Add((ModelMessage.Execute, command));
        if (shape.Syncs)
            _buffer.Add((ModelMessage.Sync, command));
    }

    private void Flush()
    {
        foreach (var (kind, command) in _buffer)
            _server.Receive(kind, command);
        _buffer.Clear();
        Apply(_machine.OnFlushed());
    }

    private void Work(int messages)
    {
        for (var i = 0; i < messages; i++)
            _server.Step();
    }

    private void Hear(int replies)
    {
        for (var i = 0; i < replies && _server.Replies.Count > 0; i++)
            Deliver();
    }

    private void Deliver()
    {
        if (_server.Replies.TryDequeue(out var reply))
            Apply(reply(_machine));
    }

    private void Demand()
    {
        if (_awaitsDemand == RequestId.None)
            return;
        Apply(_random.Next(3) == 0 ? _machine.OnAbandoned(_awaitsDemand) : _machine.OnFetch(_awaitsDemand));
        _awaitsDemand = default;
    }

    private void WantCancel()
    {
        var running = _commands.Keys.Where(id => !_ends.ContainsKey(id)).ToArray();
        if (running.Length == 0)
            return;
        var id = running[_random.Next(running.Length)];
        _commands[id].CancelWanted = true;
        Apply(_machine.OnCancelWanted(id));
    }

    private void Signal()
    {
        _isSignalSent = true;
        _server.Signal();
    }

    private void EndCancel()
    {
        _isCancelling = false;
        Apply(_machine.OnCancelSocketEnded());
    }

    private void Apply(SessionEffects effects)
    {
        Apply(effects.First);
        Apply(effects.Second);
    }

    private void Apply(SessionEffect effect)
    {
        switch (effect.Kind)
        {
            case SessionEffectKind.TakeFinished:
                TakeFinished();
                break;
            case SessionEffectKind.SendBind:
                WriteBind(_commands[effect.Request]);
                _machine.OnBound(effect.Request);
                break;
            case SessionEffectKind.SendExecute:
                _buffer.Add((ModelMessage.Execute, _commands[effect.Request]));
                break;
            case SessionEffectKind.SendSync:
                _buffer.Add((ModelMessage.Sync, _commands[effect.Request]));
                break;
            case SessionEffectKind.AwaitDemand:
                _awaitsDemand = effect.Request;
                break;
            case SessionEffectKind.ForwardRows:
                _commands[effect.Request].WasSeen = _commands[effect.Request].Shape.ShowsRows;
                break;
            case SessionEffectKind.StartCancel:
                Assert.False(_isCancelling, $"seed {seed}: a second cancel was started");
                Assert.True(_commands[effect.Request].CancelWanted);
                _isCancelling = true;
                _isSignalSent = false;
                break;
            case SessionEffectKind.OpenGate:
                Assert.False(_isCancelling, $"seed {seed}: the gate opened too early");
                break;
            case SessionEffectKind.CloseTransport:
                Assert.True(((SessionFailure)effect.Detail!).Kind == SessionFailureKind.ServerEnded, $"seed {seed}: {effect.Detail}");
                break;
        }
    }

    private void TakeFinished()
    {
        while (_machine.TryTakeFinished(out var finished))
        {
            Assert.True(_ends.TryAdd(finished.Request, finished), $"seed {seed}: {finished.Request} ended twice");
            Assert.Equal(_ends.Count, finished.Request.Value);
            if (finished.End != CommandEnd.HitByCancel)
                continue;
            Hits++;
            if (!_isOver)
                _again.Enqueue(_commands[finished.Request]);
        }
    }

    private void Check()
    {
        if (_isCancelling || _machine.Gate != CancelGateState.Open)
            Assert.False(_machine.AcceptsCommands, $"seed {seed}: commands are accepted while a cancel is under way");
    }

    private void CheckEnds()
    {
        Assert.Equal(_commands.Count, _ends.Count);
        foreach (var (id, finished) in _ends)
        {
            var command = _commands[id];
            var truth = $"seed {seed}: {finished}, kept {command.IsKept}";
            switch (finished.End)
            {
                case CommandEnd.Succeeded or CommandEnd.StoppedEarly:
                    Assert.True(command.IsKept, truth);
                    break;
                case CommandEnd.Failed or CommandEnd.RolledBack or CommandEnd.HitByCancel or CommandEnd.Lost:
                    Assert.False(finished.Outcome == Outcome.NotSent, truth);
                    Assert.False(finished.Outcome == Outcome.RolledBack && command.IsKept, truth);
                    break;
                case CommandEnd.Skipped or CommandEnd.NeverRun or CommandEnd.NotSent:
                    Assert.False(command.Began, truth);
                    break;
            }

            if (finished.Error?.SqlState == SqlStates.QueryCanceled && finished.End == CommandEnd.Failed && !command.CancelWanted)
                Assert.True(command.IsGrouped || command.WasSeen || command.Shape.Safety != StatementSafety.RollsBack, truth);
            if (finished.End == CommandEnd.HitByCancel)
                Assert.False(command.CancelWanted || command.WasSeen || command.IsKept, truth);
        }
    }
}
