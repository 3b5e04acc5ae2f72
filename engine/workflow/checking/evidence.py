"""Which tests show that an element, and an event of a kind in its place, is executed as BPMN says."""

from collections.abc import Mapping

# Elements that tokens come to.
ELEMENT_TESTS: Mapping[str, tuple[str, ...]] = {
    "task": ("activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",),
    "userTask": ("activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",),
    "manualTask": ("activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",),
    "scriptTask": ("activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",),
    "serviceTask": (
        "activities::a_job_outside_is_waited_for_and_its_answer_written",
        "activities::a_job_that_says_no_takes_the_way_of_its_error",
    ),
    "businessRuleTask": ("decisions::a_decision_table_gives_its_result",),
    "sendTask": ("activities::a_message_is_sent_and_another_received",),
    "receiveTask": (
        "activities::a_message_is_sent_and_another_received",
        "activities::a_receive_task_can_start_a_process",
    ),
    "callActivity": (
        "scopes::a_called_process_and_a_global_task_are_done_within_the_caller",
        "scopes::two_calls_of_one_process_are_two_lives",
    ),
    "subProcess": ("scopes::sub_processes_nest_and_go_on_when_all_their_tokens_are_used_up",),
    "transaction": (
        "compensation::a_cancelled_transaction_undoes_its_work_and_goes_on_at_its_cancel_event",
        "compensation::an_error_leaves_a_transaction_without_undoing",
    ),
    "adHocSubProcess": (
        "scopes::what_is_ad_hoc_may_be_done_in_any_order",
        "scopes::an_ad_hoc_sub_process_ends_when_its_condition_holds",
    ),
    "eventSubProcess": (
        "event_sub_processes::an_interrupting_one_takes_its_process_over",
        "event_sub_processes::one_that_does_not_interrupt_runs_beside",
    ),
    "startEvent": ("events::a_process_can_start_by_message_signal_timer_or_condition",),
    "endEvent": ("events::a_signal_end_event_is_heard",),
    "intermediateCatchEvent": ("events::catch_events_wait_for_a_timer_a_message_and_a_signal",),
    "intermediateThrowEvent": ("events::a_throw_event_of_several_definitions_throws_all",),
    "boundaryEvent": ("events::an_interrupting_boundary_event_ends_its_activity_and_what_is_in_it",),
    "exclusiveGateway": (
        "gateways::the_first_true_condition_of_an_exclusive_gateway_decides",
        "gateways::an_exclusive_gateway_without_a_way_is_a_fault",
    ),
    "parallelGateway": (
        "gateways::a_parallel_join_takes_one_token_of_each_flow",
        "gateways::a_parallel_block_in_a_loop_joins_right_every_round",
    ),
    "inclusiveGateway": (
        "gateways::an_inclusive_gateway_waits_for_as_many_as_it_sent",
        "gateways::an_inclusive_join_does_not_wait_for_what_can_no_longer_come",
    ),
    "complexGateway": (
        "gateways::a_complex_gateway_fires_at_the_second_of_three_and_swallows_the_third",
        "gateways::a_complex_gateway_starts_anew_when_its_tokens_are_used_up",
    ),
    "eventBasedGateway": ("gateways::the_first_event_behind_a_gateway_decides_and_the_others_are_forgotten",),
}

# What shows that events of a kind work where they stand: place (of EVENTS) and kind of definition.
EVENT_TESTS: Mapping[tuple[str, str], str] = {
    ("startEvent", "none"): "activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",
    ("startEvent", "message"): "events::a_process_can_start_by_message_signal_timer_or_condition",
    ("startEvent", "timer"): "events::a_process_can_start_by_message_signal_timer_or_condition",
    ("startEvent", "signal"): "events::a_process_can_start_by_message_signal_timer_or_condition",
    ("startEvent", "conditional"): "events::a_process_can_start_by_message_signal_timer_or_condition",
    ("subProcessStart", "none"): "scopes::sub_processes_nest_and_go_on_when_all_their_tokens_are_used_up",
    ("eventSubProcessStart", "message"): "event_sub_processes::it_starts_as_often_as_its_message_comes",
    ("eventSubProcessStart", "timer"): "event_sub_processes::a_cycle_starts_it_as_often_as_it_says",
    ("eventSubProcessStart", "signal"): "event_sub_processes::an_interrupting_one_takes_its_process_over",
    (
        "eventSubProcessStart",
        "conditional",
    ): "event_sub_processes::an_interrupting_one_takes_its_process_over",
    (
        "eventSubProcessStart",
        "error",
    ): "event_sub_processes::an_error_in_a_scope_is_for_its_event_sub_process_before_the_boundary",
    ("eventSubProcessStart", "escalation"): "event_sub_processes::an_escalation_starts_it",
    (
        "eventSubProcessStart",
        "compensate",
    ): "compensation::an_event_sub_process_can_say_how_a_sub_process_is_undone",
    ("intermediateCatchEvent", "message"): "events::catch_events_wait_for_a_timer_a_message_and_a_signal",
    ("intermediateCatchEvent", "timer"): "events::catch_events_wait_for_a_timer_a_message_and_a_signal",
    ("intermediateCatchEvent", "signal"): "events::a_signal_reaches_all_who_wait_and_nobody_who_comes_later",
    ("intermediateCatchEvent", "conditional"): "events::a_conditional_event_fires_when_the_data_make_it_true",
    ("intermediateCatchEvent", "link"): "events::a_link_leads_on_in_the_same_process",
    ("intermediateThrowEvent", "none"): "legal::throwing",
    ("intermediateThrowEvent", "message"): "events::a_throw_event_of_several_definitions_throws_all",
    ("intermediateThrowEvent", "signal"): "events::a_signal_reaches_all_who_wait_and_nobody_who_comes_later",
    ("intermediateThrowEvent", "escalation"): "events::an_escalation_that_nobody_catches_is_no_fault",
    ("intermediateThrowEvent", "compensate"): "compensation::what_is_done_is_undone_newest_first",
    ("intermediateThrowEvent", "link"): "events::a_link_leads_on_in_the_same_process",
    ("endEvent", "none"): "activities::a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself",
    ("endEvent", "message"): "legal::ends that throw",
    ("endEvent", "signal"): "events::a_signal_end_event_is_heard",
    ("endEvent", "error"): "events::an_error_that_nobody_catches_ends_the_process_and_is_reported",
    ("endEvent", "escalation"): "events::one_escalation_is_caught_once_by_the_event_that_names_it",
    ("endEvent", "compensate"): "compensation::undoing_a_sub_process_undoes_what_was_done_in_it",
    (
        "endEvent",
        "cancel",
    ): "compensation::a_cancelled_transaction_undoes_its_work_and_goes_on_at_its_cancel_event",
    ("endEvent", "terminate"): "events::terminate_ends_everything_in_its_own_scope_only",
    (
        "boundaryEvent",
        "message",
    ): "events::a_non_interrupting_boundary_event_fires_as_often_as_its_message_comes",
    ("boundaryEvent", "timer"): "events::a_non_interrupting_timer_fires_once_and_a_cycle_as_often_as_it_says",
    ("boundaryEvent", "signal"): "events::a_boundary_event_raised_from_inside_ends_the_sub_process",
    ("boundaryEvent", "conditional"): "events::a_condition_is_seen_between_two_automatic_steps",
    ("boundaryEvent", "error"): "events::an_error_is_caught_by_its_code_before_one_that_takes_all",
    (
        "boundaryEvent",
        "escalation",
    ): "events::an_escalation_is_caught_and_ends_the_sub_process_only_when_it_interrupts",
    ("boundaryEvent", "compensate"): "compensation::what_is_done_is_undone_newest_first",
    (
        "boundaryEvent",
        "cancel",
    ): "compensation::a_cancelled_transaction_undoes_its_work_and_goes_on_at_its_cancel_event",
}
