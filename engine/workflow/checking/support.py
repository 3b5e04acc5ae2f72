"""What of BPMN 2.0.2 is executed, by which tests, and what is refused, by which rule.

Elements that are executed come from ``ELEMENTS``, places of events from ``EVENTS``, with their tests in
``evidence``; what is written here is the rest. A test is named ``module::name`` within the constructs'
folder, a rule by its id in the catalogue.
"""

from dataclasses import dataclass

EXECUTED, DRAWN, REFUSED = "executed", "drawn", "refused"


@dataclass(frozen=True, slots=True)
class Support:
    """One construct: what becomes of it, what shows or refuses it, and a note where one is needed."""

    construct: str
    what: str  # EXECUTED, DRAWN: kept and not executed, or REFUSED
    tests: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    note: str = ""


def _executed(construct: str, *tests: str, rules: str = "", note: str = "") -> Support:
    return Support(construct, EXECUTED, tests, tuple(rules.split()), note)


def _drawn(construct: str, note: str, *tests: str, rules: str = "") -> Support:
    return Support(construct, DRAWN, tests, tuple(rules.split()), note)


def _refused(construct: str, rules: str, note: str = "") -> Support:
    return Support(construct, REFUSED, (), tuple(rules.split()), note)


# Elements that stand in a process and that no token comes to.
UNSUPPORTED = ("callChoreography", "subChoreography", "choreographyTask", "implicitThrowEvent")

ATTRIBUTES: tuple[Support, ...] = (
    _executed("sequenceFlow without `id`", "guarded::flows_without_id_are_named_and_none_is_lost"),
    _executed(
        "several flows out of an activity or event",
        "activities::several_flows_out_of_an_activity_are_all_taken",
        rules="several-ways-out",
        note="all are taken; of our own procedures refused",
    ),
    _executed(
        "several flows into an activity",
        "activities::each_token_that_comes_to_an_activity_makes_it_be_done_once",
        rules="several-ways-in done-twice",
        note="done once for each token; of our own procedures refused",
    ),
    _executed(
        "`conditionExpression` behind gateways and activities",
        "activities::a_conditional_flow_is_taken_when_it_holds_and_a_plain_one_always",
        rules="condition-not-allowed",
        note="FEEL; null is not true",
    ),
    _executed(
        "`default` of gateways and activities",
        "activities::the_default_flow_is_for_when_no_condition_holds",
        rules="default-missing",
    ),
    _executed(
        "`startQuantity`",
        "activities::an_activity_that_asks_for_two_tokens_is_done_once_for_two",
        rules="token-quantity",
    ),
    _executed(
        "`completionQuantity`", "activities::an_activity_may_send_out_several_tokens", rules="token-quantity"
    ),
    _executed(
        "`isForCompensation`",
        "compensation::the_thrower_waits_until_a_person_has_undone_it",
        rules="compensation-idle",
    ),
    _executed(
        "`instantiate` of a receive task",
        "activities::a_receive_task_can_start_a_process",
        rules="instantiation",
    ),
    _executed("`instantiate` of an event gateway", "scopes::an_event_based_gateway_can_start_a_process"),
    _refused(
        "`eventGatewayType` Parallel",
        "instantiation",
        "several messages would have to come before a dossier exists",
    ),
    _executed(
        "`activationCondition`",
        "gateways::a_complex_gateway_can_count_by_the_names_of_its_flows",
        rules="activation-missing",
    ),
    _drawn("`gatewayDirection`", "must agree with the flows", rules="gateway-direction"),
    _executed(
        "`cancelActivity`",
        "events::a_non_interrupting_boundary_event_fires_as_often_as_its_message_comes",
        rules="boundary-error",
    ),
    _executed(
        "`isInterrupting` of an event sub-process",
        "event_sub_processes::one_that_does_not_interrupt_runs_beside",
    ),
    _executed(
        "`parallelMultiple` of catch and boundary events",
        "events::an_event_of_several_definitions_takes_any_and_a_parallel_one_all",
    ),
    _refused("`parallelMultiple` of the start of a process", "parallel-start"),
    _executed("`eventDefinitionRef`", "events::a_definition_may_be_referred_to", rules="event-not-supported"),
    _executed(
        "several definitions of a throw event", "events::a_throw_event_of_several_definitions_throws_all"
    ),
    _executed("`activityRef` of compensation", "compensation::one_activity_may_be_named"),
    _executed(
        "`timeDate`, `timeDuration`",
        "events::catch_events_wait_for_a_timer_a_message_and_a_signal",
        rules="no-legal-time timer-without-value",
        note="ISO 8601, codes such as 5WD, or FEEL",
    ),
    _executed(
        "`timeCycle`",
        "events::a_non_interrupting_timer_fires_once_and_a_cycle_as_often_as_it_says",
        note="ISO 8601 such as R3/P1D; cron texts are refused as no legal time",
    ),
    _executed(
        "no start and no end event", "activities::without_start_and_end_events_what_nothing_leads_to_begins"
    ),
    _executed(
        "several plain start events",
        "scopes::of_several_plain_start_events_one_is_taken",
        rules="one-start",
        note="alternatives; the first is taken unless another is asked for",
    ),
    _refused('`isImmediate="false"`', "flow-not-immediate"),
    _refused("`processType` Public of an executable process", "public-process"),
    _executed(
        "`calledElement`: process, global task",
        "scopes::a_called_process_and_a_global_task_are_done_within_the_caller",
        rules="called-process-missing no-plain-start",
    ),
    _executed(
        "a process that calls itself",
        "scopes::a_process_may_call_itself_and_comes_back",
        rules="calls-itself",
        note="of our own procedures refused",
    ),
    _refused("expressions and scripts in other languages than FEEL", "expression script expression-language"),
)

REPETITION: tuple[Support, ...] = (
    _executed(
        "standard loop, tested after", "repetition::a_loop_tested_after_is_done_at_least_once", rules="loop"
    ),
    _executed("`testBefore`", "repetition::a_loop_tested_before_may_not_be_done_at_all"),
    _executed("`loopMaximum`", "repetition::a_maximum_caps_a_loop", rules="loop"),
    _executed(
        "parallel instances",
        "repetition::parallel_instances_are_all_open_and_the_way_goes_on_when_all_are_done",
        rules="instances",
    ),
    _executed("sequential instances", "repetition::sequential_instances_are_done_one_after_the_other"),
    _executed(
        "`loopCardinality`", "repetition::a_number_of_instances_that_is_none_is_refused", rules="instances"
    ),
    _executed(
        "`loopDataInputRef`, `loopDataOutputRef`, input and output items",
        "repetition::instances_work_over_a_list_and_give_a_list_in_the_same_order",
        note="references lead to data, or name a variable of the dossier",
    ),
    _executed("`completionCondition`", "repetition::a_completion_condition_ends_the_others"),
    _executed("`behavior` All, None, One", "repetition::instances_throw_as_their_behavior_says"),
    _executed(
        "`behavior` Complex",
        "repetition::complex_behavior_throws_when_its_condition_holds",
        rules="instances",
    ),
    _executed(
        "repeated sub-processes", "repetition::sub_processes_have_instances_each_with_variables_of_its_own"
    ),
    _executed(
        "ad-hoc `ordering`, `cancelRemainingInstances`, `completionCondition`",
        "scopes::automatic_ad_hoc_steps_run_in_rounds_until_the_condition_holds",
        "scopes::what_is_at_work_may_be_finished_when_the_modeller_says_so",
        rules="ad-hoc",
    ),
)

DATA: tuple[Support, ...] = (
    _executed(
        "`dataObject`, `dataObjectReference`, `property`",
        "scopes::a_data_object_of_a_sub_process_dies_with_it",
        rules="collection reference-missing",
    ),
    _executed(
        "`ioSpecification`, data associations, assignments, transformations",
        "scopes::inputs_and_outputs_are_copied_by_their_associations",
        "scopes::a_call_may_map_its_data",
        rules="io-specification data-association",
    ),
    _drawn("`dataStore`, `dataStoreReference`", "arrows to and from it are refused", rules="data-store"),
    _drawn(
        "`itemDefinition`, `dataState`",
        "types are not checked while a dossier runs",
        rules="reference-missing",
    ),
    _drawn("`interface`, `operation`", "handlers do the work of operations", rules="reference-missing"),
)

COLLABORATION: tuple[Support, ...] = (
    _executed(
        "`participant`: the pool of the process",
        "scopes::other_pools_are_partners_and_stay_drawings",
        rules="multiplicity",
        note="other pools are partners and stay drawings",
    ),
    _drawn("`messageFlow`", "messages go by their names", rules="message-flow"),
    _executed(
        "messages between dossiers, correlation",
        "playing::cases_talk_to_each_other_and_time_passes_when_it_is_told_to",
    ),
    _executed(
        "`lane`",
        "activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",
        rules="lane-twice role",
        note="with motcua:role the lane says who works",
    ),
    _drawn(
        "`textAnnotation`, `association`, `group`, `category`", "kept as they are", rules="reference-missing"
    ),
    _drawn("`conversation` and its kinds", "kept as they are"),
    _refused("choreographies in a process", "element-not-supported"),
    _drawn(
        "`resource`, `potentialOwner`, `performer`",
        "roles of Motcua say who works",
        rules="reference-missing",
    ),
)
